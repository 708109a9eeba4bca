/** Measurements: what settling and reading cost, and what the whole carries under load. */
@NullMarked
package io.github.consentbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
