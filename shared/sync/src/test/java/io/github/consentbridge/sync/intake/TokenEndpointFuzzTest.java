package io.github.consentbridge.sync.intake;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs {@link TokenEndpointTarget}. Jazzer instruments classes when they are loaded, so this one names no other class of ours. */
class TokenEndpointFuzzTest {
    @FuzzTest(maxDuration = "")
    void requestIsAnswered(byte[] input) {
        TokenEndpointTarget.send(input);
    }
}
