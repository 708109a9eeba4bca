/** Measurements of settling, of reading, and of the whole under load. */
@NullMarked
package io.github.consentbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
