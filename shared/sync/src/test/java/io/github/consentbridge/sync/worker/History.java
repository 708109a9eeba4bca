package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One history of a few people, made up from a seed: what they choose on two devices, what staff edit, what of it is reported,
 * late, twice or never, and what happens to two workers meanwhile.
 */
final class History {
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

    /** Without the one that takes as long as a timeout. */
    private static final List<Trouble> TROUBLES = List.copyOf(EnumSet.complementOf(EnumSet.of(Trouble.HANGING)));

    private final Loop loop;
    private final Systems systems;
    private final Random random;
    private final List<SyncWorker> workers;
    private final List<RandomPerson> people = new ArrayList<>();
    private final List<Delivery> waiting = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private int mishaps;

    /** A person of whom some requests always fail, until the end; null if there is none. */
    private @Nullable RandomPerson failing;

    private boolean failingInDynamics;

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    History(Loop loop, List<SyncWorker> workers, long seed) {
        this.loop = loop;
        this.systems = loop.systems;
        this.workers = workers;
        this.random = new Random(seed);
        for (int number = 1 + random.nextInt(3); number > 0; number--) {
            people.add(new RandomPerson("s%d-p%d".formatted(seed, number), systems, random, this::log));
        }
    }

    /** Lets it happen and checks how it ends; returns how many of the ends were not open to doubt. */
    int run() {
        begin();
        if (people.size() > 1 && random.nextInt(4) == 0) {
            failing = people.get(0);
            failingInDynamics = random.nextBoolean();
            log("%s of %s fails from now on".formatted(failingInDynamics ? "Dynamics" : "Didomi", failing.key));
        }
        keepFailing();
        mishaps = 6;
        systems.ledger.betweenSteps = this::betweenSteps;
        for (int action = 2 + random.nextInt(7); action > 0; action--) {
            act(people.get(random.nextInt(people.size())));
            systems.clock.advance(PACES.get(random.nextInt(PACES.size())));
            for (int turns = random.nextInt(3); turns > 0; turns--) {
                trouble();
                handleSome(random.nextInt(2));
            }
        }
        handleAll();
        systems.ledger.betweenSteps = () -> {};
        calm();
        lookAgain();
        // While one person's requests still fail.
        people.stream().filter(person -> person != failing).forEach(RandomPerson::checkEnd);
        if (failing != null) {
            failing = null;
            calm();
            handleAll();
            lookAgain();
        }
        int sure = people.stream().mapToInt(RandomPerson::checkEnd).sum();
        loop.assertStable(keys());
        people.forEach(RandomPerson::leave);
        loop.loseAll();
        return sure;
    }

    private void log(String what) {
        story.add("%s %s".formatted(systems.clock.instant().toString().substring(11), what));
    }

    private String[] keys() {
        return people.stream().map(person -> person.key).toArray(String[]::new);
    }

    private void begin() {
        people.forEach(RandomPerson::begin);
        systems.clock.advance(Duration.ofMinutes(1));
        waiting.addAll(loop.arriving());
        handleAll();
    }

    private void act(RandomPerson person) {
        receive();
        switch (random.nextInt(16)) {
            case 0 -> person.editElsewhere();
            case 1 -> person.recreate();
            case 2 -> person.clear();
            case 3 -> editUnheardButFound(person);
            case 12 -> person.merge();
            case 13 -> chooseAheadOfTime(person);
            case 14 -> deleteEvent(person);
            case 4, 5, 6, 7 -> edit(person);
            default -> chooseInDidomi(person);
        }
        receive();
    }

    /** Its deliveries arrive: the moment at which it is known first is the one that counts. */
    private void chooseAheadOfTime(RandomPerson person) {
        person.chooseInDidomiAheadOfTime();
        waiting.addAll(loop.arriving());
    }

    /** Its deliveries arrive: nothing in what Didomi shows says that a choice was taken back. */
    private void deleteEvent(RandomPerson person) {
        if (person.deleteEvent()) {
            waiting.addAll(loop.arriving());
        }
    }

    private void edit(RandomPerson person) {
        boolean lost = random.nextInt(6) == 0;
        person.edit(lost);
        if (lost) {
            log("no notification is sent");
            loop.loseAll();
        }
    }

    /** A choice that changes nothing visible cannot be found by a read of Didomi, so its deliveries arrive. */
    private void chooseInDidomi(RandomPerson person) {
        if (!person.chooseInDidomi()) {
            waiting.addAll(loop.arriving());
        }
    }

    /** Not reported, but read before anything else happens, so that the row shows its time. */
    private void editUnheardButFound(RandomPerson person) {
        if (person == failing) {
            edit(person);
            return;
        }
        int later = mishaps;
        mishaps = 0;
        handleAll();
        person.edit(false);
        loop.loseAll();
        waiting.add(loop.observation(person.key));
        calm();
        handleAll();
        mishaps = later;
    }

    /** What the systems have announced since: some of Didomi's is lost, as are some echoes; some comes twice. */
    private void receive() {
        for (Delivery delivery : loop.arriving()) {
            int dice = random.nextInt(10);
            boolean lost = dice == 0 && delivery.side() == Side.DIDOMI;
            log("%s from %s%s".formatted(lost ? "lost" : "queued", brief(delivery), dice == 1 ? " twice" : ""));
            if (!lost) {
                waiting.add(delivery);
            }
            if (dice == 1) {
                waiting.add(delivery);
            }
            if (dice == 2) {
                waiting.add(ForeignDeliveries.of(delivery));
            }
        }
    }

    private static String brief(Delivery delivery) {
        return delivery.side() + " " + delivery.id().toString().substring(0, 4) + " of " + delivery.person();
    }

    private void handleAll() {
        receive();
        for (int turn = 0; waiting.stream().anyMatch(delivery -> !isFailing(delivery)); turn++) {
            assertThat(turn).as("turns until nothing was waiting").isLessThan(300);
            handleSome(random.nextInt(2));
            receive();
        }
    }

    private boolean isFailing(Delivery delivery) {
        return failing != null && failing.isMeantBy(delivery);
    }

    private void keepFailing() {
        if (failing != null) {
            failing.fail(failingInDynamics, Fault.status(500));
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
        log("worker %d takes %s"
                .formatted(worker, batch.stream().map(History::brief).toList()));
        try {
            Map<Delivery, DeliveryOutcome> deliveryOutcomes =
                    systems.handle(workers.get(worker), batch.toArray(Delivery[]::new));
            log("worker %d is done".formatted(worker));
            assertThat(deliveryOutcomes.values()).noneMatch(DeliveryOutcome.Dead.class::isInstance);
            batch.stream()
                    .filter(delivery -> !deliveryOutcomes.get(delivery).equals(new DeliveryOutcome.Done()))
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

    /** Between a worker's steps: it dies, the other one works, or a person or staff act. */
    private void betweenSteps() {
        int dice = random.nextInt(20);
        if (mishaps == 0 || dice > 3) {
            return;
        }
        mishaps--;
        switch (dice) {
            case 0 -> throw new Crash();
            case 1 -> handleSome(1);
            default -> {
                RandomPerson person = people.get(random.nextInt(people.size()));
                receive();
                if (random.nextBoolean()) {
                    person.editElsewhere();
                } else if (random.nextBoolean()) {
                    person.edit(false);
                } else {
                    chooseInDidomi(person);
                }
                systems.clock.advance(PACES.get(random.nextInt(PACES.size())));
            }
        }
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

    /** What happened, line by line. */
    String story() {
        return String.join(System.lineSeparator(), story);
    }

    private void calm() {
        systems.dataverse.faults().clear();
        systems.didomi.faults().clear();
        keepFailing();
        systems.clock.advance(Duration.ofMinutes(2));
    }

    /** Reads both sides of each person once more, as the reconciliation does. */
    private void lookAgain() {
        loop.loseAll();
        log("everybody is looked at once more");
        for (RandomPerson person : people) {
            waiting.add(loop.observation(person.key));
        }
        mishaps = 0;
        handleAll();
    }
}
