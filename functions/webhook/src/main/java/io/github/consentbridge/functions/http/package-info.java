/** What the webhook functions have in common: requests and replies as Lambda carries them, and priming for SnapStart. */
@NullMarked
package io.github.consentbridge.functions.http;

import org.jspecify.annotations.NullMarked;
