package io.corral.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.Meter;
import io.corral.runtime.thread.Members;

/** What rules and events may know. Neither is loaded unless it is needed. */
@AnalyzeClasses(
        packages = {ExtensionsRulesTest.RULES, ExtensionsRulesTest.OBSERVE},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ExtensionsRulesTest {

    static final String RULES = "io.corral.rules..";
    static final String OBSERVE = "io.corral.events.jfr";

    @ArchTest
    static final ArchRule rulesDoNotKnowEvents = noClasses()
            .that()
            .resideInAPackage(RULES)
            .should()
            .dependOnClassesThat(resideInAnyPackage(OBSERVE, "jdk.jfr.."));

    @ArchTest
    static final ArchRule eventsDoNotKnowRules = noClasses()
            .that()
            .resideInAPackage(OBSERVE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(RULES, "java.util.regex.."));

    /** They read what was charged; settling is for {@code UsageReading}. */
    @ArchTest
    static final ArchRule eventsChargeNothing = noClasses()
            .that()
            .resideInAPackage(OBSERVE)
            .should()
            .dependOnClassesThat(belongToAnyOf(Account.class, AccountTotals.class))
            .orShould()
            .callCodeUnitWhere(target(owner(belongToAnyOf(Meter.class)))
                    .and(target(not(nameStartingWith("charged")))))
            .orShould()
            .callMethodWhere(target(owner(belongToAnyOf(Members.class)))
                    .and(target(nameStartingWith("settle"))));

    @ArchTest
    static final ArchRule nothingLogsThroughAFrameworkOrWritesItself = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(System.Logger.class)
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "out");

    @ArchTest
    static final ArchRule nothingFormatsOrStreams = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .dependOnClassesThat(
                    resideInAnyPackage("java.util.stream..", "java.nio.file..", "java.text.."));
}
