@NullMarked
package io.github.consentbridge.simulators.didomi;

import org.jspecify.annotations.NullMarked;
