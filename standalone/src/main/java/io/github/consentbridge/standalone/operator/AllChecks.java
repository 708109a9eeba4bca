package io.github.consentbridge.standalone.operator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.Doctor;
import io.github.consentbridge.sync.doctor.PublicAddress;
import io.github.consentbridge.sync.registration.Registration;
import java.util.ArrayList;
import java.util.List;

/** All checks of {@code doctor}: both systems, the webhooks, the public address and the stores. */
public final class AllChecks {
    private AllChecks() {}

    /** Makes every check, in about a dozen requests; writes nothing. Safe to repeat. */
    public static List<Check> of(OperatorHost host) {
        Connections connections = host.connections();
        List<Check> checks = new ArrayList<>(new Doctor(host.integration(), host.credentials(), connections).examine());
        checks.add(PublicAddress.check(new Registration(host.integration(), host.credentials(), connections)));
        checks.add(StoreCheck.of(host));
        return checks;
    }

    /** {@code [{"code","subject","state":"ok|warning|failed|not_checked","sentence"}]}; docs/doctor.md lists the codes. */
    public static ArrayNode json(List<Check> checks) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        checks.forEach(check -> list.addObject()
                .put("code", check.code().code())
                .put("subject", check.subject())
                .put("state", check.state().word())
                .put("sentence", check.sentence()));
        return list;
    }
}
