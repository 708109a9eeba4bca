package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.didomi.DidomiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the element that makes a bulk request fail is found, and when the search is given up. */
class BisectionTest {
    /** A system that fails for every group with a bad element in it. */
    private static final class Scripted implements Bisection.Requests<Integer, String> {
        private final Set<Integer> bad = new HashSet<>();
        private RemoteException.Kind kind = RemoteException.Kind.UNAVAILABLE;
        private boolean down;
        private int sent;
        private int probes;

        @Override
        public List<String> send(List<Integer> group) {
            sent++;
            if (down || group.stream().anyMatch(bad::contains)) {
                throw failure();
            }
            return group.stream().map(element -> "done " + element).toList();
        }

        private DidomiException failure() {
            int status =
                    kind == RemoteException.Kind.THROTTLED ? 429 : kind == RemoteException.Kind.PERMANENT ? 400 : 500;
            return new DidomiException(new RemoteFailure(kind, status, "", "", null), "scripted");
        }

        @Override
        public String alone(Integer element, RemoteException failure) {
            return "alone " + element;
        }

        @Override
        public String stopped(Integer element, RemoteException failure) {
            return "stopped";
        }

        @Override
        public void probe() {
            probes++;
            if (down) {
                throw failure();
            }
        }
    }

    private final Scripted system = new Scripted();

    private List<String> send(int elements) {
        List<Integer> all = IntStream.range(0, elements).boxed().toList();
        return new Bisection<>(all, system).send();
    }

    private List<String> expected(int elements) {
        return IntStream.range(0, elements)
                .mapToObj(element -> (system.bad.contains(element) ? "alone " : "done ") + element)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 50, 99})
    void oneBadElementAmongAHundredCostsTwoRequestsPerHalving(int bad) {
        system.bad.add(bad);

        assertThat(send(100)).isEqualTo(expected(100));

        assertThat(system.sent).isLessThanOrEqualTo(1 + 2 * 7);
        assertThat(system.probes).isEqualTo(1);
    }

    @Test
    void severalBadElementsAreFoundWhereverTheyAre() {
        system.bad.addAll(IntStream.range(0, 12).boxed().toList());
        system.bad.add(77);

        assertThat(send(100)).isEqualTo(expected(100));
    }

    @Test
    void badElementInEveryGroupIsFound() {
        IntStream.range(0, 100).filter(element -> element % 10 == 3).forEach(system.bad::add);

        assertThat(send(100)).isEqualTo(expected(100));
    }

    @Test
    void systemThatIsDownIsAskedOnceAndProbed() {
        system.down = true;

        assertThat(send(100)).hasSize(100).containsOnly("stopped");

        assertThat(system.sent).isEqualTo(1);
        assertThat(system.probes).isEqualTo(1);
    }

    @Test
    void systemThatAnswersOnlyProbesIsGivenUpSoon() {
        system.bad.addAll(IntStream.range(0, 100).boxed().toList());

        List<String> results = send(100);

        assertThat(results).contains("stopped");
        assertThat(system.sent).isLessThan(50);
    }

    @Test
    void refusalOfEveryElementIsNoOutage() {
        system.kind = RemoteException.Kind.PERMANENT;
        system.bad.addAll(IntStream.range(0, 20).boxed().toList());

        assertThat(send(20)).isEqualTo(expected(20));
        assertThat(system.probes).isZero();
    }

    @Test
    void throttlingIsNotSearchedFor() {
        system.kind = RemoteException.Kind.THROTTLED;
        system.bad.add(3);

        assertThat(send(8)).containsOnly("stopped");
        assertThat(system.sent).isEqualTo(1);
    }

    @Test
    void nothingToSendIsNoRequest() {
        assertThat(send(0)).isEqualTo(new ArrayList<>());
        assertThat(system.sent).isZero();
    }
}
