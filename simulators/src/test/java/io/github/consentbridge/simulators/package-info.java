@NullMarked
package io.github.consentbridge.simulators;

import org.jspecify.annotations.NullMarked;
