package io.corral.commands;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar that has these commands. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"corral " + (version == null ? "of an unknown version" : version)};
    }
}
