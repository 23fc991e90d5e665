package io.corral.rules.methods;

import io.corral.runtime.control.Refused;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Route;
import io.corral.runtime.placement.EntryRules;

/** The destination of a further part of a request that a limit has refused, such as its body. */
record RefusedPart(Refused refused) implements Route, EntryRules.Skipped {

    @Override
    public Membership from(Membership place) {
        return place;
    }
}
