package io.github.consentbridge.sync.setup;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.dataverse.metadata.TableMetadata;
import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.sync.doctor.KeyStability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Columns that can hold the organization user id: {@code contactid}, and text columns that are an alternate key.
 *
 * @param candidates {@code contactid} first
 * @param suggested one of them
 * @param remark what speaks against the suggested one, as a sentence; empty if nothing does
 */
public record KeyColumns(List<AttributeName> candidates, AttributeName suggested, Optional<String> remark) {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    public KeyColumns {
        candidates = List.copyOf(candidates);
    }

    /**
     * Finds the columns.
     *
     * @param sample some of Didomi's users: if their ids are not GUIDs, {@code contactid} cannot hold them
     */
    public static KeyColumns of(Collection<LabelledColumn> columns, TableMetadata table, List<DidomiUser> sample) {
        List<AttributeName> candidates = new ArrayList<>(List.of(AttributeName.CONTACT_ID));
        columns.stream()
                .filter(column -> column.metadata().type().equals("StringType"))
                .map(LabelledColumn::name)
                .filter(table.keyColumns()::contains)
                .map(AttributeName::new)
                .forEach(candidates::add);
        List<String> ids = sample.stream()
                .map(DidomiUser::organizationUserId)
                .filter(Objects::nonNull)
                .toList();
        long others = ids.stream().filter(id -> !GUID.matcher(id).matches()).count();
        if (others * 2 <= ids.size()) {
            return new KeyColumns(candidates, AttributeName.CONTACT_ID, Optional.empty());
        }
        List<AttributeName> stable = candidates.stream()
                .skip(1)
                .filter(column -> KeyStability.warning(column).isEmpty())
                .toList();
        return stable.size() == 1
                ? new KeyColumns(candidates, stable.get(0), Optional.empty())
                : new KeyColumns(candidates, AttributeName.CONTACT_ID, Optional.of(remark(others, ids.size())));
    }

    private static String remark(long others, int all) {
        return others + " of " + all
                + " Didomi users looked at have an organization user id that is not a GUID, so contactid"
                + " cannot hold it: name the column that does.";
    }
}
