package io.github.consentbridge.mapping.delivery;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs {@link DynamicsReaderTarget}. Jazzer instruments classes when they are loaded, so this one names no other class of ours. */
class DynamicsReaderFuzzTest {
    @FuzzTest(maxDuration = "")
    void bodyIsReadOrRefused(byte[] input) {
        DynamicsReaderTarget.read(input);
    }
}
