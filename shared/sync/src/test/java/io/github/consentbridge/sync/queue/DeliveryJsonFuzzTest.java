package io.github.consentbridge.sync.queue;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs {@link DeliveryJsonTarget}. Jazzer instruments classes when they are loaded, so this one names no other class of ours. */
class DeliveryJsonFuzzTest {
    @FuzzTest(maxDuration = "")
    void messageIsReadOrForeign(byte[] input) {
        DeliveryJsonTarget.read(input);
    }
}
