package dev.quarterdeck.production.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentRegistryTest {
  private static final ComponentRegistry REGISTRY = ComponentRegistry.builtIn();

  @ParameterizedTest
  @CsvSource({
    "classes/Foo.cls, ApexClass.Foo",
    "classes/Foo.cls-meta.xml, ApexClass.Foo",
    "force-app/main/default/classes/sub/Foo.cls, ApexClass.Foo",
    "code of the team/Foo.cls, ApexClass.Foo",
    "src/triggers/OnAccount.trigger-meta.xml, ApexTrigger.OnAccount",
    "objects/Account.object, CustomObject.Account",
    "f/objects/Account/Account.object-meta.xml, CustomObject.Account",
    "f/objects/Account/fields/Rating__c.field-meta.xml, CustomField.Account.Rating__c",
    "f/objects/Account/validationRules/A.validationRule-meta.xml, ValidationRule.Account.A",
    "f/objects/Account/recordTypes/R.recordType-meta.xml, RecordType.Account.R",
    "objectTranslations/Account-de.objectTranslation, CustomObjectTranslation.Account-de",
    "o/objectTranslations/Account-de/F.fieldTranslation-meta.xml,"
        + " CustomObjectTranslation.Account-de",
    "labels/CustomLabels.labels, CustomLabels.CustomLabels",
    "f/labels/CustomLabels/Hello.label-meta.xml, CustomLabel.Hello",
    "lwc/card/card.js, LightningComponentBundle.card",
    "f/lwc/card/__tests__/card.test.js, LightningComponentBundle.card",
    "aura/App/App.cmp-meta.xml, AuraDefinitionBundle.App",
    "layouts/Account-Account %28Sales%29 Layout.layout, Layout.Account-Account %28Sales%29 Layout",
    "reports/Sales/Top.report, Report.Sales/Top",
    "reports/Sales/Inner/Top.report-meta.xml, Report.Sales/Inner/Top",
    "reports/Sales-meta.xml, ReportFolder.Sales",
    "reports/Sales.reportFolder-meta.xml, ReportFolder.Sales",
    "reports/Sales/Inner.reportFolder-meta.xml, ReportFolder.Sales/Inner",
    "email/unfiled$public/T.email, EmailTemplate.unfiled$public/T",
    "email/Mails-meta.xml, EmailFolder.Mails",
    "documents/Pictures/logo.png, Document.Pictures/logo",
    "documents/Pictures/logo.png-meta.xml, Document.Pictures/logo",
    "documents/Pictures/logo.document-meta.xml, Document.Pictures/logo",
    "documents/Pictures.documentFolder-meta.xml, DocumentFolder.Pictures",
    "staticresources/jq.resource, StaticResource.jq",
    "staticresources/jq.resource-meta.xml, StaticResource.jq",
    "staticresources/jq.min.js, StaticResource.jq",
    "staticresources/lib/css/a.css, StaticResource.lib",
    "experiences/Help.site-meta.xml, ExperienceBundle.Help",
    "experiences/Help/views/home.json, ExperienceBundle.Help",
    "digitalExperiences/site/Help/content.json, DigitalExperienceBundle.site/Help",
    "customMetadata/Limit.One.md, CustomMetadata.Limit.One",
    "settings/Account.settings, Settings.Account",
    "sites/Help.site, CustomSite.Help",
    "siteDotComSites/Help.site, SiteDotCom.Help",
    "emailservices/In.xml, EmailServicesFunction.In",
    "wave/Sales.wdash, WaveDashboard.Sales",
    "wave/Sales.wdash-meta.xml, WaveDashboard.Sales",
    "workflows/Account.workflow, Workflow.Account",
    "workflows/Account/workflowAlerts/A.workflowAlert-meta.xml, WorkflowAlert.Account.A",
    "sharingRules/Case.sharingRules, SharingRules.Case",
    "permissionsets/P.permissionset, PermissionSet.P",
    "permissionsets/P/objectSettings/Account.objectSettings-meta.xml, PermissionSet.P",
    "territory2Models/M/territories/North.territory2, Territory2.M.North",
    "territory2Models/M/M.territory2Model-meta.xml, Territory2Model.M",
    "bots/B/v1.botVersion-meta.xml, BotVersion.B.v1",
    "bots/B.bot, Bot.B",
    "dataSources/D.dataSource, ExternalDataSource.D",
    "anywhere/P.profile-meta.xml, Profile.P",
    "vlocity/OmniScript/Pay_Now_English/Pay_Now_English_DataPack.json, OmniScript.Pay_Now_English",
    "vlocity/Unheard/X/y.json, Unheard.X",
    "vlocity/Loose.json, VlocityDataPack.Loose"
  })
  void findsTheComponentOfAPath(String path, String component) {
    assertThat(REGISTRY.resolve(path)).map(ComponentId::toString).contains(component);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "package.xml",
        "lwc/jsconfig.json",
        "aura/.eslintrc.json",
        "lwc",
        "classes/notes.txt",
        "classes/.cls",
        "docs/Some.layout",
        "docs/anything.xml",
        "anything.xml-meta.xml",
        "notes/x.field-meta.xml",
        "staticresources/.eslintrc",
        "scripts/deploy.sh",
        "vlocity/README.md",
        "",
        "/",
        "objects/",
        "objects/Account/fields/.field-meta.xml"
      })
  void leavesAloneWhatIsNoComponent(String path) {
    assertThat(REGISTRY.resolve(path)).isEmpty();
  }

  @Test
  void takesTheTypeOffTheName() {
    ComponentId foo = new ComponentId("ApexClass", "Foo");
    assertThat(REGISTRY.named("ApexClass", "Foo")).contains(foo);
    assertThat(REGISTRY.named("ApexClass", " ApexClass.Foo ")).contains(foo);
    assertThat(REGISTRY.named(null, "ApexClass.Foo")).contains(foo);
    assertThat(REGISTRY.named("CustomField", "Account.Rating__c"))
        .contains(new ComponentId("CustomField", "Account.Rating__c"));
    assertThat(REGISTRY.named(null, "Foo")).isEmpty();
    assertThat(REGISTRY.named("ApexClass", "ApexClass.")).isEmpty();
    assertThat(REGISTRY.named("", " ")).isEmpty();
  }

  @Test
  void choosesTheFileThatOneWouldOpen() {
    assertThat(
            REGISTRY.primary(
                new ComponentId("ApexClass", "Foo"),
                List.of("classes/Foo.cls-meta.xml", "classes/Foo.cls")))
        .isEqualTo("classes/Foo.cls");
    assertThat(
            REGISTRY.primary(
                new ComponentId("LightningComponentBundle", "card"),
                List.of("lwc/card/card.css", "lwc/card/card.html", "lwc/card/card.js")))
        .isEqualTo("lwc/card/card.js");
    assertThat(
            REGISTRY.primary(
                new ComponentId("OmniScript", "Pay"),
                List.of(
                    "vlocity/OmniScript/Pay/A.json", "vlocity/OmniScript/Pay/Pay_DataPack.json")))
        .isEqualTo("vlocity/OmniScript/Pay/Pay_DataPack.json");
  }

  @Test
  void knowsWhereAPartIsKept() {
    assertThat(REGISTRY.owner(new ComponentId("CustomField", "Account.Rating__c")))
        .contains(new ComponentId("CustomObject", "Account"));
    assertThat(REGISTRY.owner(new ComponentId("WorkflowRule", "Case.Escalate")))
        .contains(new ComponentId("Workflow", "Case"));
    assertThat(REGISTRY.owner(new ComponentId("CustomLabel", "Hello")))
        .contains(new ComponentId("CustomLabels", "CustomLabels"));
    assertThat(REGISTRY.owner(new ComponentId("ApexClass", "Foo"))).isEmpty();
  }

  @Test
  void knowsHundredsOfTypes() {
    assertThat(REGISTRY.types()).hasSizeGreaterThan(400);
    assertThat(REGISTRY.packageType("ReportFolder")).isEqualTo("Report");
    assertThat(REGISTRY.packageType("ApexClass")).isEqualTo("ApexClass");
    assertThat(REGISTRY.deployable("ApexClass")).isTrue();
    assertThat(REGISTRY.deployable("DataRaptor")).isFalse();
    assertThat(REGISTRY.hash()).matches("[0-9a-f]{16}");
  }
}
