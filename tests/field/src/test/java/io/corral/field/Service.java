package io.corral.field;

import io.corral.integration.harness.Jdk;

import java.util.Arrays;

/** A case that is a service, and the newest JDK that the service supports. */
record Service(String name, int feature) {

    /** Whether {@code -Dfield.cases} names it, or names none. */
    boolean isWanted() {
        String wanted = System.getProperty("field.cases", "");
        return wanted.isBlank() || Arrays.asList(wanted.split(",", -1)).contains(name);
    }

    CaseRun start() {
        return CaseRun.of(name, jdk());
    }

    Jdk jdk() {
        return Jdk.all().stream()
                .filter(each -> each.feature() <= feature)
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }
}
