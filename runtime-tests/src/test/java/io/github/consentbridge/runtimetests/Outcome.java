package io.github.consentbridge.runtimetests;

/**
 * How an invocation or an initialization ended.
 *
 * @param failed whether the runtime reported an error
 * @param body the result, or the error as the runtime reports it
 */
public record Outcome(boolean failed, String body) {}
