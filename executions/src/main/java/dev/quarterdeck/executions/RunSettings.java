package dev.quarterdeck.executions;

import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.units.ByteSize;
import java.time.Duration;
import java.util.Optional;

/// What one run may use beyond its share of the machine, and hand back. A request may ask for less,
/// never for more.
public record RunSettings(
    @Setting(
            value = "Processor time of a run, all its processes together.",
            computed = "K8S_POD_EXECUTION_TIMEOUT times K8S_POD_CPU_LIMIT",
            unit = "s",
            min = "100ms",
            max = "24h")
        Optional<Duration> maxCpuTime,
    @Setting(
            value =
                "Processes and threads of a run at once: enough for every tool chain, too few for a"
                    + " fork bomb.",
            fallback = "64",
            min = "1",
            max = "4096")
        int maxProcesses,
    @Setting(
            value = "Size of one file that a run writes.",
            fallback = "64MiB",
            min = "4kB",
            max = "1TB")
        ByteSize maxFileSize,
    @Setting(
            value = "Size of all files of a run together; they lie in its memory.",
            fallback = "64MiB",
            min = "64kB",
            max = "1TB")
        ByteSize maxDisk,
    @Setting(
            value = "Number of files and directories of a run.",
            fallback = "4096",
            min = "16",
            max = "10000000")
        int maxFiles,
    @Setting(
            value = "Number of files that a run may hand back.",
            fallback = "100",
            min = "1",
            max = "1000")
        int maxOutputFiles,
    @Setting(
            value = "Size of all files together that a run may hand back.",
            fallback = "8MiB",
            min = "1kB",
            max = "10MiB")
        ByteSize maxOutputFilesSize,
    @Setting(
            value = "Number of cases that a program may be run with in one request.",
            fallback = "100",
            min = "1",
            max = "1000")
        int maxCases,
    @Setting(
            value =
                "What compilers made and is kept on disk for the next run of the same program; 0"
                    + " keeps none.",
            fallback = "64MiB",
            max = "1TB")
        ByteSize compileCacheSize) {}
