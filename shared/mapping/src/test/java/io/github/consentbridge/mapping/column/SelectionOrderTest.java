package io.github.consentbridge.mapping.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several values of a preference are a set: neither their order nor a repetition is a difference, in either system. */
class SelectionOrderTest {
    private static final Map<String, Integer> OPTIONS = Map.of("daily", 7, "weekly", 2, "monthly", 30, "never", 1);

    private final Random random = new Random(20_261_002);

    @ParameterizedTest
    @CsvSource({
        "preference daily=7 weekly=2 monthly=30 never=1, choices 1 2 7 30",
        "preference, text 200",
    })
    void everyOrderIsTheSameValueAndTheSameColumnValue(String mapping, String column) {
        Mapping mapped = Words.mapping(mapping);
        ColumnCodec codec = ColumnCodec.of(mapped, Words.column(column));
        for (int round = 0; round < 200; round++) {
            List<String> ids = someIds();
            ConsentValue value = ConsentValue.ofSelection(String.join(",", ids));
            Object written = ((Encoding.Fits) codec.encode(value)).columnValue();
            String held = inAnyOrder(
                    mapped.options().isEmpty()
                            ? ids
                            : ids.stream().map(id -> OPTIONS.get(id).toString()).toList());

            assertThat(ConsentValue.ofSelection(inAnyOrder(ids))).isEqualTo(value);
            assertThat(codec.encode(ConsentValue.ofSelection(inAnyOrder(ids)))).isEqualTo(new Encoding.Fits(written));
            assertThat(codec.decode(written)).contains(value);
            assertThat(codec.decode(held)).contains(value);
            assertThat(codec.shows(held, value)).isTrue();
        }
    }

    private List<String> someIds() {
        List<String> ids = new ArrayList<>(OPTIONS.keySet());
        Collections.sort(ids);
        Collections.shuffle(ids, random);
        return ids.subList(0, 1 + random.nextInt(ids.size()));
    }

    /** Shuffled, with one of them twice and blanks around it. */
    private String inAnyOrder(List<String> items) {
        List<String> shuffled = new ArrayList<>(items);
        shuffled.add(" " + items.get(random.nextInt(items.size())) + " ");
        Collections.shuffle(shuffled, random);
        return shuffled.stream().collect(Collectors.joining(","));
    }

    @Test
    void optionForACombinationIsFoundInAnyOrder() {
        Mapping mapping = Words.mapping("preference weekly,daily=1 never=2");
        ColumnCodec codec = ColumnCodec.of(mapping, Words.column("choice 1 2"));

        assertThat(codec.encode(ConsentValue.ofSelection("daily,weekly"))).isEqualTo(new Encoding.Fits(1));
        assertThat(codec.encode(ConsentValue.ofSelection("weekly,daily"))).isEqualTo(new Encoding.Fits(1));
        assertThat(codec.decode(1)).contains(ConsentValue.ofSelection("daily,weekly"));
    }
}
