package io.github.consentbridge.functions.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs {@link HttpApiJsonTarget}. Jazzer instruments classes when they are loaded, so this one names no other class of ours. */
class HttpApiJsonFuzzTest {
    @FuzzTest(maxDuration = "")
    void eventIsReadOrNotJson(byte[] input) {
        HttpApiJsonTarget.read(input);
    }
}
