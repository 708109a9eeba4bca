package io.github.consentbridge.connectors.dataverse.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.ContactColumns;
import io.github.consentbridge.connectors.dataverse.api.DataverseApi;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.dataverse.contact.ContactReader;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the audit history of one column. */
public final class AuditHistory {
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 100;
    private static final String NO_SUCH_ROW = "0x80040217";

    private final DataverseApi api;
    private final String column;
    private final String function;

    /** @param withheld why the changes are unknown, if they are */
    private record Page(List<ColumnChange> changes, boolean isLast, String cookie, Optional<ColumnHistory> withheld) {}

    public AuditHistory(DataverseApi api, UUID contact, String column) {
        ContactColumns.requireLogicalName(column);
        this.api = api;
        this.column = column;
        this.function = "/RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName=@a,PagingInfo=@p)?@t="
                + PercentEncoding.encode("{'@odata.id':'contacts(" + contact + ")'}") + "&@a='" + column + "'&@p=";
    }

    public ColumnHistory read() {
        List<ColumnChange> changes = new ArrayList<>();
        String cookie = "";
        for (int number = 1; number <= MAX_PAGES; number++) {
            Page page = api.get(function + pagingInfo(number, cookie), this::page);
            if (page.withheld().isPresent()) {
                return page.withheld().get();
            }
            changes.addAll(page.changes());
            cookie = page.cookie();
            if (page.isLast()) {
                // The changes arrive in this order in practice; the documentation does not promise it.
                changes.sort(Comparator.comparing(ColumnChange::at).reversed());
                return new ColumnHistory.Known(changes);
            }
        }
        return new ColumnHistory.Withheld("the audit history of the column does not end");
    }

    private static String pagingInfo(int number, String cookie) {
        String continued = cookie.isEmpty() ? "" : ",\"PagingCookie\":" + DataverseJson.quoted(cookie);
        return PercentEncoding.encode("{\"PageNumber\":" + number + ",\"Count\":" + PAGE + continued + "}");
    }

    private Page page(RemoteResponse response) {
        if (!response.isSuccess()) {
            return unanswered(DataverseException.from(response));
        }
        JsonNode collection = DataverseJson.object(response).path("AuditDetailCollection");
        JsonNode details = collection.path("AuditDetails");
        boolean more = collection.path("MoreRecords").asBoolean(false);
        if (!details.isArray() || (more && details.isEmpty())) {
            throw DataverseException.unreadable(response, "it has no list of audit details");
        }
        List<ColumnChange> changes = new ArrayList<>();
        for (JsonNode detail : details) {
            // The others are events about auditing itself, listed under the column without a value.
            if (detail.path("OldValue").has(column) || detail.path("NewValue").has(column)) {
                Optional<ColumnChange> change = change(detail);
                if (change.isEmpty()) {
                    return withheld("the audit history does not contain who changed the column and when");
                }
                changes.add(change.get());
            }
        }
        return new Page(changes, !more, collection.path("PagingCookie").asText(""), Optional.empty());
    }

    private static Page withheld(String why) {
        return new Page(List.of(), true, "", Optional.of(new ColumnHistory.Withheld(why)));
    }

    private static Page unanswered(DataverseException failure) {
        Optional<String> privilege = failure.missingPrivilege();
        if (privilege.isPresent()) {
            return withheld("the application user lacks " + privilege.get());
        } else if (failure.code().equals(NO_SUCH_ROW)) {
            return new Page(List.of(), true, "", Optional.empty());
        }
        throw failure;
    }

    /** Empty without an audit record, which is missing in the documentation's example of this answer. */
    private Optional<ColumnChange> change(JsonNode detail) {
        JsonNode audit = detail.path("AuditRecord");
        try {
            return Optional.of(new ColumnChange(
                    OffsetDateTime.parse(audit.path("createdon").asText()).toInstant(),
                    UUID.fromString(audit.path("_userid_value").asText()),
                    audit.path("action").asInt(0),
                    ContactReader.plain(detail.path("OldValue").path(column)),
                    ContactReader.plain(detail.path("NewValue").path(column))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
