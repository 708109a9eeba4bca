/**
 * What the webhook functions have in common: who may call, a request's headers and body, and what its sender is
 * told.
 */
@NullMarked
package io.github.consentbridge.functions.http;

import org.jspecify.annotations.NullMarked;
