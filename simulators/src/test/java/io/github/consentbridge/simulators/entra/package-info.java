@NullMarked
package io.github.consentbridge.simulators.entra;

import org.jspecify.annotations.NullMarked;
