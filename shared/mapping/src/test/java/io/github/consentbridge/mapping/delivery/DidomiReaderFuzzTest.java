package io.github.consentbridge.mapping.delivery;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs {@link DidomiReaderTarget}. Jazzer instruments classes when they are loaded, so this one names no other class of ours. */
class DidomiReaderFuzzTest {
    @FuzzTest(maxDuration = "")
    void textIsReadOrRefused(byte[] input) {
        DidomiReaderTarget.read(input);
    }
}
