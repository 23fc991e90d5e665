package io.corral.integration.views;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.support.CpuLoad;

/** Works for a tenant and ends. */
final class BriefProgram {

    private BriefProgram() {}

    public static void main(String[] arguments) {
        Container brief = Containers.at("/tenants/brief");
        try (Scope scope = brief.enter()) {
            CpuLoad.millis(20);
        }
        System.out.println("used=" + brief.usage().cpuNanos());
    }
}
