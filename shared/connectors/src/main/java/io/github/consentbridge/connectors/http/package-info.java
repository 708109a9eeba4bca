/** What the clients of both remote systems share: failures, retries, throttling, bounded HTTP, secrets. */
@NullMarked
package io.github.consentbridge.connectors.http;

import org.jspecify.annotations.NullMarked;
