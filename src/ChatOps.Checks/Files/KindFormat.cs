namespace ChatOps.Checks.Files;

/// <summary>What a kind is written with.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Word">Its word in the files.</param>
/// <param name="Where">Where it looks from.</param>
/// <param name="Keys">Its own keys.</param>
/// <param name="OneOf">Of these keys exactly one is needed; empty for none.</param>
/// <param name="Unit">The unit of its values.</param>
/// <param name="Standard">Its thresholds unless others are written.</param>
internal sealed record KindFormat(CheckKind Kind, string Word, KindPlace Where, IReadOnlyList<KindKey> Keys, IReadOnlyList<string> OneOf, string Unit, Thresholds Standard)
{
    private static readonly KindKey Expect = new("expect", KeyForm.Text, "Words that must be found.");

    /// <summary>All kinds that can be written.</summary>
    public static IReadOnlyList<KindFormat> All { get; } =
    [
        new(CheckKind.Http, "http", KindPlace.Gateway,
        [
            new("url", KeyForm.Url, "The address; {node} stands for the node's name.") { Needed = true }, new("method", KeyForm.Text, "GET or HEAD."),
            new("status", KeyForm.List, "The status codes that are well: 200, 200-399."), Expect, new("tls_days", KeyForm.Number, "It warns when the certificate ends sooner, in days."),
        ], [], "ms", Thresholds.None),
        new(CheckKind.Tcp, "tcp", KindPlace.Gateway, [new("host", KeyForm.Name, "The host; {node} stands for the node's name.") { Needed = true }, new("port", KeyForm.Number, "The port.") { Needed = true }], [], "ms", Thresholds.None),
        new(CheckKind.Dns, "dns", KindPlace.Gateway, [new("host", KeyForm.Name, "The name.") { Needed = true }, new("addresses", KeyForm.List, "The addresses that it must have.")], [], "ms", Thresholds.None),
        new(CheckKind.Certificate, "certificate", KindPlace.Either,
        [
            new("host", KeyForm.Name, "The host of an endpoint."), new("port", KeyForm.Number, "Its port; 443 unless another is written."), new("path", KeyForm.Path, "A PEM file on the nodes."),
        ], ["host", "path"], "days", new Thresholds(21, 7, true, 0)),
        new(CheckKind.Disk, "disk", KindPlace.Nodes, [new("path", KeyForm.Path, "A path on the file system; / unless another is written."), new("quota", KeyForm.Size, "The size that the folder may have: 10G. Then the folder is measured.")], [], "%", new Thresholds(85, 95, false, 3)),
        new(CheckKind.Memory, "memory", KindPlace.Nodes, [], [], "%", new Thresholds(90, 97, false, 3)),
        new(CheckKind.Load, "load", KindPlace.Nodes, [], [], "per CPU", new Thresholds(2, 4, false, 0.2)),
        new(CheckKind.Service, "service", KindPlace.Nodes, [new("service", KeyForm.Name, "The service.") { Needed = true }], [], "", Thresholds.None),
        new(CheckKind.Process, "process", KindPlace.Nodes,
        [
            new("process", KeyForm.Name, "The program's exact name."), new("pattern", KeyForm.Text, "A pattern of whole command lines."), new("least", KeyForm.Number, "How many there must be; 1 unless written."), new("most", KeyForm.Number, "How many there may be."),
        ], ["process", "pattern"], "", Thresholds.None),
        new(CheckKind.LogErrors, "log_errors", KindPlace.Nodes,
        [
            new("path", KeyForm.Path, "A log file."), new("unit", KeyForm.Name, "A unit of the journal."), new("pattern", KeyForm.Pattern, "What is counted, as an extended regular expression."),
            new("factor", KeyForm.Number, "How many times the usual hour is a spike; 3 unless written."), new("least", KeyForm.Number, "Fewer in an hour are never a spike; 10 unless written."),
        ], ["path", "unit"], "/h", Thresholds.None),
        new(CheckKind.KubernetesPods, "kubernetes_pods", KindPlace.Nodes,
        [
            new("namespace", KeyForm.Name, "One namespace; all unless written."), new("context", KeyForm.Name, "A context of kubectl."), new("pending_minutes", KeyForm.Number, "How long a pod may be pending; 5 unless written."),
        ], [], "pods", Thresholds.None),
        new(CheckKind.DockerContainers, "docker_containers", KindPlace.Nodes, [new("containers", KeyForm.List, "The containers that must run; all that there are unless written.")], [], "containers", Thresholds.None),
        new(CheckKind.Command, "command", KindPlace.Nodes,
        [
            new("run", KeyForm.Text, "A command line that only reads.") { Needed = true }, Expect, new("exit", KeyForm.List, "The exit codes that are well; 0 unless written."),
            new("value", KeyForm.Pattern, "Where the number is in the output, as a regular expression with one group; the first number unless written."),
        ], [], "", Thresholds.None),
        new(CheckKind.Credential, "credential", KindPlace.Gateway, [new("credentials", KeyForm.List, "Which: telegram, slack, discord, models, speech, search; all that are configured unless written.")], [], "days", new Thresholds(14, 3, true, 0)),
    ];

    /// <summary>The keys that every kind takes.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        "name", "kind", "description", "enabled", "on", "interval", "timeout", "warn", "critical", "below", "hysteresis", "severity", "retries", "retry_delay", "recover", "maintenance", "depends_on", "sets", "to",
    ];

    /// <summary>Every key that this kind takes.</summary>
    public IReadOnlyList<string> AllKeys => [.. Common, .. Keys.Select(k => k.Name)];
}
