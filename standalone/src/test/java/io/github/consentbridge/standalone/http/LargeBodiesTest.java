package io.github.consentbridge.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeBodiesTest {
    private final LargeBodies bodies = new LargeBodies(1);
    private final List<String> granted = new ArrayList<>();

    private LargeBodies.Place ask(String name) {
        return bodies.ask(() -> granted.add(name));
    }

    @Test
    void placesAreGrantedInTurn() {
        LargeBodies.Place first = ask("first");
        LargeBodies.Place second = ask("second");
        LargeBodies.Place third = ask("third");
        assertThat(first.isGranted()).isTrue();
        assertThat(second.isGranted()).isFalse();

        first.giveBack();
        first.giveBack();

        assertThat(granted).containsExactly("second");
        assertThat(third.isGranted()).isFalse();
    }

    @Test
    void whoNoLongerWaitsIsPassedOver() {
        LargeBodies.Place first = ask("first");
        LargeBodies.Place second = ask("second");
        ask("third");

        second.giveBack();
        first.giveBack();

        assertThat(granted).containsExactly("third");
    }

    @Test
    void placeThatNobodyWaitsForIsFreeAgain() {
        ask("first").giveBack();

        assertThat(ask("second").isGranted()).isTrue();
        assertThat(ask("third").isGranted()).isFalse();
    }
}
