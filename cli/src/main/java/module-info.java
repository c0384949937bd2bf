/** The command line; see the package. */
module fathom.cli {
    requires static org.jspecify;
    requires fathom.cache;
    requires fathom.server;
    requires fathom.workbench;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires tools.jackson.databind;

    exports fathom.cli;

    opens fathom.cli to info.picocli, tools.jackson.databind;
}
