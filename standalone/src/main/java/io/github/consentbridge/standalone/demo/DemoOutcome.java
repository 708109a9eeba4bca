package io.github.consentbridge.standalone.demo;

import java.util.List;

/**
 * What one step of the demo came to.
 *
 * @param answer the bridge's
 * @param changes what changed in the other systems, one sentence each
 */
public record DemoOutcome(String step, String answer, List<String> changes) {
    public DemoOutcome {
        changes = List.copyOf(changes);
    }
}
