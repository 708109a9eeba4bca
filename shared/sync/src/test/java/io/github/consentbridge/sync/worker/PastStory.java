package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A random story of one person or two, of which the bridge hears of every choice sooner or later: deliveries come in any
 * order, late, and repeatedly, workers die between two steps, and answers are lost. From time to time it has heard of
 * everything and has nothing left to do: such moments are noted, with what both systems show.
 */
final class PastStory {
    private static final List<Duration> PACES = List.of(
            Duration.ofMillis(3),
            Duration.ofMillis(400),
            Duration.ofSeconds(1),
            Duration.ofSeconds(37),
            Duration.ofMinutes(5));
    private static final List<RouteKind> TROUBLED = List.of(
            RouteKind.FIND_CONTACTS,
            RouteKind.BATCH,
            RouteKind.READ_USERS,
            RouteKind.READ_EVENTS,
            RouteKind.POST_EVENTS);
    private static final List<Trouble> TROUBLES = List.of(Trouble.values()).stream()
            .filter(each -> each != Trouble.HANGING)
            .toList();

    final Instant begun;
    final List<RandomPerson> people = new ArrayList<>();
    final QuietTimes quiet;
    private final Loop loop;
    private final Systems systems;
    private final List<SyncWorker> workers;
    private final Random random;
    private final List<Delivery> waiting = new ArrayList<>();
    private final List<Delivery> past = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int mishaps;

    /**
     * Whether a user's new state may get lost on its way; the event that caused it always arrives. Not in the beginning: of
     * several changes in one millisecond, the state after the last one must be known.
     */
    private boolean losing;

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    PastStory(Loop loop, List<SyncWorker> workers, Random random, long seed) {
        this.loop = loop;
        this.systems = loop.systems;
        this.workers = workers;
        this.random = random;
        this.begun = systems.clock.instant();
        this.quiet = new QuietTimes(systems);
        for (int number = 1 + random.nextInt(2); number > 0; number--) {
            people.add(new RandomPerson("t%d-p%d".formatted(seed, number), systems, random, this::log));
        }
    }

    /** What happened, line by line. */
    String told() {
        return String.join(System.lineSeparator(), told);
    }

    /** The histories of its people, line by line. */
    String recorded() {
        return people.stream()
                .flatMap(person -> systems.ledger.history(Systems.key(person.key)).stream()
                        .map(entry -> person.key + " " + entry.text()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private void log(String what) {
        told.add("%s %s".formatted(systems.clock.instant().toString().substring(11), what));
    }

    /** Lets it happen, until the bridge has heard of everything. */
    void run() {
        people.forEach(RandomPerson::begin);
        pass();
        becomeQuiet();
        losing = true;
        mishaps = 6;
        systems.ledger.betweenSteps = this::betweenSteps;
        for (int action = 4 + random.nextInt(9); action > 0; action--) {
            act(people.get(random.nextInt(people.size())));
            pass();
            if (random.nextBoolean()) {
                becomeQuiet();
            } else {
                trouble();
                handleSome(random.nextInt(2));
            }
            pass();
        }
        calm();
        people.forEach(person -> waiting.add(loop.observation(person.key)));
        becomeQuiet();
        pass();
        quiet.end();
    }

    /** The person's contact is deleted, and nothing of the story is left for the next one. */
    void leave() {
        people.forEach(RandomPerson::leave);
        loop.loseAll();
    }

    private void pass() {
        systems.clock.advance(PACES.get(random.nextInt(PACES.size())));
    }

    private void act(RandomPerson person) {
        switch (random.nextInt(16)) {
            case 0 -> changing(person::editElsewhere);
            case 1 -> changing(person::recreate);
            case 2 -> changing(person::clear);
            case 3 -> changing(person::merge);
            case 4 -> editUnheardButFound(person);
            case 5 -> changing(person::chooseInDidomiAheadOfTime);
            case 6 -> deleteEvent(person);
            case 7 -> repeat();
            case 8, 9, 10, 11 -> changing(() -> person.edit(false));
            default -> changing(person::chooseInDidomi);
        }
    }

    /** What is announced arrives at once, to be handled at some time. */
    private void changing(Runnable act) {
        quiet.end();
        act.run();
        receive();
    }

    /** A delivery from any time before comes again. */
    private void repeat() {
        if (!past.isEmpty()) {
            quiet.end();
            Delivery again = past.get(random.nextInt(past.size()));
            log("once more " + brief(again));
            waiting.add(again);
        }
    }

    /** Not reported, but read before anything else happens, so that the row shows its time. */
    private void editUnheardButFound(RandomPerson person) {
        int later = mishaps;
        calm();
        handleAll();
        quiet.end();
        person.edit(false);
        loop.loseAll();
        log("which no delivery reports");
        waiting.add(loop.observation(person.key));
        handleAll();
        mishaps = later;
    }

    /** Heard of at once, so that it is known when it happened, and what was chosen before is known. */
    private void deleteEvent(RandomPerson person) {
        int later = mishaps;
        calm();
        handleAll();
        quiet.end();
        person.deleteEvent();
        handleAll();
        mishaps = later;
    }

    private void receive() {
        for (Delivery delivery : loop.arriving()) {
            boolean again = random.nextInt(8) == 0;
            log("queued %s%s".formatted(brief(delivery), again ? " twice" : ""));
            boolean lost = losing && delivery.body().contains("\"type\":\"user.") && random.nextInt(6) == 0;
            if (!lost) {
                waiting.add(delivery);
                past.add(delivery);
            }
            if (again) {
                waiting.add(delivery);
            }
            if (random.nextInt(8) == 0) {
                waiting.add(ForeignDeliveries.of(delivery));
            }
        }
    }

    private static String brief(Delivery delivery) {
        return delivery.side() + " " + delivery.id().toString().substring(0, 4) + " of " + delivery.person();
    }

    private void becomeQuiet() {
        handleAll();
        people.forEach(quiet::begin);
        log("the bridge has heard of everything");
    }

    private void handleAll() {
        receive();
        for (int turn = 0; !waiting.isEmpty(); turn++) {
            assertThat(turn).as("turns until nothing was waiting").isLessThan(300);
            handleSome(random.nextInt(2));
            receive();
        }
    }

    private void handleSome(int worker) {
        List<Delivery> batch = new ArrayList<>();
        for (int size = 1 + random.nextInt(4); size > 0 && !waiting.isEmpty(); size--) {
            batch.add(waiting.remove(random.nextInt(waiting.size())));
        }
        if (batch.isEmpty()) {
            return;
        }
        quiet.end();
        log("worker %d takes %s"
                .formatted(worker, batch.stream().map(PastStory::brief).toList()));
        try {
            Map<Delivery, DeliveryOutcome> outcomes =
                    systems.handle(workers.get(worker), batch.toArray(Delivery[]::new));
            assertThat(outcomes.values()).noneMatch(DeliveryOutcome.Dead.class::isInstance);
            batch.stream()
                    .filter(delivery -> !outcomes.get(delivery).equals(new DeliveryOutcome.Done()))
                    .forEach(waiting::add);
        } catch (Crash crash) {
            log("worker %d has died".formatted(worker));
            people.forEach(RandomPerson::inDoubt);
            waiting.addAll(batch);
        }
        if (!systems.paused.isEmpty()) {
            systems.clock.advance(Duration.ofMinutes(2));
            systems.paused.clear();
        }
    }

    /** Between a worker's steps: it dies, the other one works, or a person or staff choose. */
    private void betweenSteps() {
        int dice = random.nextInt(16);
        if (mishaps == 0 || dice > 3) {
            return;
        }
        mishaps--;
        RandomPerson person = people.get(random.nextInt(people.size()));
        switch (dice) {
            case 0 -> throw new Crash();
            case 1 -> handleSome(1);
            case 2 -> changing(() -> person.edit(false));
            default -> changing(person::chooseInDidomi);
        }
        systems.clock.advance(Duration.ofMillis(random.nextInt(3_000)));
    }

    private void trouble() {
        if (mishaps == 0 || random.nextInt(3) > 0) {
            return;
        }
        mishaps--;
        Trouble trouble = TROUBLES.get(random.nextInt(TROUBLES.size()));
        RouteKind kind = TROUBLED.get(random.nextInt(TROUBLED.size()));
        if (kind == RouteKind.BATCH) {
            people.forEach(RandomPerson::inDoubt);
        }
        boolean inDynamics = kind == RouteKind.FIND_CONTACTS || kind == RouteKind.BATCH;
        log("%s will be %s".formatted(kind, trouble));
        (inDynamics ? systems.dataverse.faults() : systems.didomi.faults()).next(kind, trouble.fault());
    }

    private void calm() {
        mishaps = 0;
        systems.dataverse.faults().clear();
        systems.didomi.faults().clear();
    }
}
