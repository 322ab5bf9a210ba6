/// Settings in the environment of a Spring Boot program.
@NullMarked
package dev.quarterdeck.settings.spring;

import org.jspecify.annotations.NullMarked;
