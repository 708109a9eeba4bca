package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.INVERTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.document.Wins;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContactMappingTest {
    private static final AttributeName OFFERS = new AttributeName("new_offers");

    private static MappedColumn offers() {
        Mapping mapping = new Mapping(
                OFFERS,
                new DidomiPath.Purpose("offers"),
                false,
                Map.of(),
                Direction.BOTH,
                Regulation.GDPR,
                Wins.NEWEST);
        return new MappedColumn(mapping, ColumnCodec.of(mapping, new ColumnType.Bool()));
    }

    @Test
    void columnsOfOneDidomiValueMakeOneRecord() {
        ContactMapping mapping =
                ContactMapping.of(List.of(World.mapped(COLUMN, false), offers(), World.mapped(INVERTED, true)));

        assertThat(mapping.records()).hasSize(2);
        assertThat(mapping.columns()).containsExactly(COLUMN, INVERTED, OFFERS);
    }
}
