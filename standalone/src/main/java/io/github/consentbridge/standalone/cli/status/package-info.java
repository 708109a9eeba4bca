/** {@code ./bridge status}: what {@code GET /health} answers, for people. */
@NullMarked
package io.github.consentbridge.standalone.cli.status;

import org.jspecify.annotations.NullMarked;
