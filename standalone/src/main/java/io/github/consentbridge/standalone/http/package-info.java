/** The HTTP server of the one-machine host. */
@NullMarked
package io.github.consentbridge.standalone.http;

import org.jspecify.annotations.NullMarked;
