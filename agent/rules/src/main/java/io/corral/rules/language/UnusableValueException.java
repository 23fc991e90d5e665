package io.corral.rules.language;

/** A placeholder has no value that can be part of a path. */
public final class UnusableValueException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean isReportable;

    public UnusableValueException(String message) {
        this(message, true);
    }

    private UnusableValueException(String message, boolean isReportable) {
        super(message, null, false, false);
        this.isReportable = isReportable;
    }

    /** Creates an exception for a subject that does not match, which is not reported. */
    public static UnusableValueException noMatch() {
        return new UnusableValueException("no match", false);
    }

    /** Whether the user should be told. */
    public boolean isReportable() {
        return isReportable;
    }
}
