package io.github.consentbridge.sync.ledger;

import static io.github.consentbridge.connectors.http.RemoteSystem.DATAVERSE;
import static io.github.consentbridge.connectors.http.RemoteSystem.DIDOMI;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all pauses promise. */
public abstract class PausesContract {
    private static final Instant UNTIL = Instant.parse("2026-03-01T08:00:00.123Z");

    /** The same store each time, empty at the start of a test, opened anew where a host can: as another process would. */
    protected abstract Pauses pauses();

    @Test
    void nothingIsPausedAtFirst() {
        assertThat(pauses().pausedUntil()).isEmpty();
    }

    @Test
    void eachSystemIsPausedByItself() {
        pauses().pause(DATAVERSE, UNTIL);
        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DATAVERSE, UNTIL));

        pauses().pause(DIDOMI, UNTIL.plusSeconds(5));
        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DATAVERSE, UNTIL, DIDOMI, UNTIL.plusSeconds(5)));
    }

    @Test
    void pauseIsProlongedButNeverShortened() {
        pauses().pause(DATAVERSE, UNTIL);
        pauses().pause(DATAVERSE, UNTIL.minusSeconds(30));
        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DATAVERSE, UNTIL));

        pauses().pause(DATAVERSE, UNTIL.plusSeconds(30));
        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DATAVERSE, UNTIL.plusSeconds(30)));
    }

    @Test
    void ofManyPausesAtOnceTheLongestStands() throws Exception {
        Pauses pauses = pauses();
        List<Callable<Boolean>> calls = IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(seconds -> () -> {
                    pauses.pause(DIDOMI, UNTIL.plusSeconds(seconds));
                    return true;
                })
                .collect(Collectors.toList());
        Collections.reverse(calls);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DIDOMI, UNTIL.plusSeconds(39)));
    }

    @Test
    void ofManyWorkersWhoKnowAPauseOneReplacesIt() throws Exception {
        pauses().pause(DATAVERSE, UNTIL);
        Pauses pauses = pauses();
        List<Callable<Boolean>> calls = IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(
                        seconds -> () -> pauses.replace(DATAVERSE, UNTIL, UNTIL.plusSeconds(60 + seconds)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int replaced = 0;
        try {
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                replaced += call.get() ? 1 : 0;
            }
        } finally {
            threads.shutdown();
        }

        assertThat(replaced).isEqualTo(1);
    }

    @Test
    void pauseMayBeReplacedByAShorterOne() {
        pauses().pause(DATAVERSE, UNTIL);

        assertThat(pauses().replace(DATAVERSE, UNTIL, UNTIL.minusSeconds(30))).isTrue();
        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DATAVERSE, UNTIL.minusSeconds(30)));
        assertThat(pauses().replace(DIDOMI, UNTIL, UNTIL.plusSeconds(30))).isFalse();
    }

    @Test
    void endedPauseIsGoneUnlessAnotherWorkerHasProlongedIt() {
        pauses().pause(DATAVERSE, UNTIL);
        pauses().pause(DATAVERSE, UNTIL.plusSeconds(30));

        assertThat(pauses().end(DATAVERSE, UNTIL)).isFalse();
        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DATAVERSE, UNTIL.plusSeconds(30)));
        assertThat(pauses().end(DATAVERSE, UNTIL.plusSeconds(30))).isTrue();
        assertThat(pauses().pausedUntil()).isEmpty();
    }

    @Test
    void liftedPauseIsGoneAndAnotherMayFollow() {
        pauses().pause(DATAVERSE, UNTIL);
        pauses().pause(DIDOMI, UNTIL.plusSeconds(5));

        assertThat(pauses().lift(DATAVERSE)).contains(UNTIL);
        assertThat(pauses().lift(DATAVERSE)).isEmpty();
        assertThat(pauses().pausedUntil()).isEqualTo(Map.of(DIDOMI, UNTIL.plusSeconds(5)));

        pauses().pause(DATAVERSE, UNTIL.minusSeconds(60));
        assertThat(pauses().pausedUntil())
                .isEqualTo(Map.of(DATAVERSE, UNTIL.minusSeconds(60), DIDOMI, UNTIL.plusSeconds(5)));
    }
}
