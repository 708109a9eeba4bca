package io.github.consentbridge.demo;

import java.util.List;

/**
 * The outcome of one step of the demo.
 *
 * @param answer the bridge's answer, or how many notifications were delivered
 * @param changes what changed in the other systems, one sentence each
 */
record DemoOutcome(String step, String answer, List<String> changes) {
    public DemoOutcome {
        changes = List.copyOf(changes);
    }
}
