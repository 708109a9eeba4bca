/** What the clients of both remote systems share: failures, retries, throttling, bounded HTTP, secrets. */
@NullMarked
package io.github.consentbridge.remote;

import org.jspecify.annotations.NullMarked;
