package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.Setting;
import java.nio.file.Path;
import java.util.Optional;

/// How the Kubernetes API is reached.
public record KubernetesSettings(
    @Setting(
            value = "The kubeconfig; set explicitly, it makes execution_backend auto Kubernetes.",
            fallback = "~/.kube/config")
        Path configPath,
    @Setting(value = "CA certificate of the API server, over the kubeconfig's.")
        Optional<Path> caCertificatePath) {}
