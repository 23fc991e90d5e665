package io.corral.integration.support;

import io.corral.Containers;
import io.corral.integration.harness.ThreadKind;

/** An application with Corral's API on its class path, and so in its archive. */
public final class ArchiveProgramWithApi {

    private ArchiveProgramWithApi() {}

    public static void main(String[] arguments) {
        Containers.at("/archive").run(() -> ThreadKind.PLATFORM.run(() -> {}));
        System.out.println("active=" + Containers.isActive());
        System.out.println("forks=" + Containers.at("/archive").usage().forks());
    }
}
