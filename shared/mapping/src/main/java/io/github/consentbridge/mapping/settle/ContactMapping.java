package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All mappings, grouped by Didomi value. Built once and used for every person. */
public record ContactMapping(List<MappedRecord> records) {
    public ContactMapping {
        records = List.copyOf(records);
    }

    public static ContactMapping of(List<MappedColumn> columns) {
        Map<ConsentRecordId, List<MappedColumn>> byRecord = new LinkedHashMap<>();
        for (MappedColumn column : columns) {
            byRecord.computeIfAbsent(ConsentRecordId.of(column.mapping()), key -> new ArrayList<>())
                    .add(column);
        }
        return new ContactMapping(byRecord.entrySet().stream()
                .map(entry -> new MappedRecord(entry.getKey(), entry.getValue()))
                .toList());
    }

    public List<AttributeName> columns() {
        return records.stream()
                .flatMap(record -> record.columns().stream())
                .map(MappedColumn::column)
                .toList();
    }
}
