/** What {@code GET /metrics} answers, in the text format of Prometheus. */
@NullMarked
package io.github.consentbridge.standalone.metrics;

import org.jspecify.annotations.NullMarked;
