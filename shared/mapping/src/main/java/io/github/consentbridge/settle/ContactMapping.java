package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.AttributeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All mappings of a contact, grouped by the Didomi value that they show. Built once, used for every person. */
public record ContactMapping(List<MappedRegister> registers) {
    public ContactMapping {
        registers = List.copyOf(registers);
    }

    public static ContactMapping of(List<MappedColumn> columns) {
        Map<RegisterId, List<MappedColumn>> byRegister = new LinkedHashMap<>();
        for (MappedColumn column : columns) {
            byRegister
                    .computeIfAbsent(RegisterId.of(column.mapping()), key -> new ArrayList<>())
                    .add(column);
        }
        return new ContactMapping(byRegister.entrySet().stream()
                .map(entry -> new MappedRegister(entry.getKey(), entry.getValue()))
                .toList());
    }

    public List<AttributeName> columns() {
        return registers.stream()
                .flatMap(register -> register.columns().stream())
                .map(MappedColumn::column)
                .toList();
    }
}
