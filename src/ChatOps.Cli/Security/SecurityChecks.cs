namespace ChatOps.Cli.Security;

/// <summary>All checks, in the order of their output.</summary>
internal static class SecurityChecks
{
    /// <summary>The finding of a configuration with which nothing starts.</summary>
    public const string Settings = "settings.invalid";

    /// <summary>The checks.</summary>
    public static IReadOnlyList<ISecurityCheck> All(TimeProvider time) =>
        [new FilesCheck(), new SecretsCheck(), new ListenerCheck(), new ConnectionsCheck(), new RulesCheck(), new KeysCheck(time), new BackupsCheck(), new GatewayCheck(time)];

    /// <summary>Every id that a finding may have.</summary>
    public static IReadOnlyList<string> Ids(TimeProvider time) => [Settings, .. All(time).SelectMany(c => c.Ids)];
}
