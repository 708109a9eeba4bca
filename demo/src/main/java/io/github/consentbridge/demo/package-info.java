/** {@code ./bridge demo}: the one-machine host between simulated systems. */
@NullMarked
package io.github.consentbridge.demo;

import org.jspecify.annotations.NullMarked;
