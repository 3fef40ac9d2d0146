using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ChatOps.Cli.Doctor;
using ChatOps.Host;

namespace ChatOps.Cli.Security;

/// <summary>Where secrets are written: as references to places that their owner alone reads, not in the settings.</summary>
internal sealed partial class SecretsCheck : ISecurityCheck
{
    private const int ShortSecret = 16;

    public IReadOnlyList<string> Ids { get; } = ["secrets.references", "secrets.in-settings", "secrets.in-open-settings", "secrets.open-file", "secrets.short"];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var sound = true;
        foreach (var secret in patient.Settings.Effective.Where(e => e.Setting.Kind == SettingKind.Secret && e.Value is not null))
        {
            var finding = secret.Value == SettingForms.SecretShown ? Written(secret) : Referenced(secret);
            sound &= finding is null;
            if (finding is not null) yield return finding;
        }

        if (patient.Settings.Options.Telegram.WebhookSecret is { Length: > 0 } webhook && SettingReferences.Resolve(webhook).Value is { Length: < ShortSecret })
        {
            sound = false;
            yield return new("secrets.short", Severity.Warning, $"Channels:Telegram:WebhookSecret has less than {ShortSecret} characters: it can be tried out.", "Make one with: openssl rand -hex 32");
        }

        if (sound) yield return new("secrets.references", Severity.Ok, "No secret stands in the settings, and what they refer to is its owner's alone.");
    }

    private static SecurityFinding? Written(EffectiveSetting secret)
    {
        var file = secret.Source.LastIndexOf(':') is var colon and > 0 ? secret.Source[..colon] : secret.Source;

        // The environment of a service is its manager's affair, and no file of ours.
        if (!File.Exists(file)) return null;
        return OwnerModes.OthersUse(file)
            ? new("secrets.in-open-settings", Severity.Critical, $"{secret.Setting.Key} stands as it is in {secret.Source}, which others can read.", $"Change the secret, put it into a file of mode 0600 and write ${{file:PATH}} there; chmod 600 {file}")
            : new("secrets.in-settings", Severity.Warning, $"{secret.Setting.Key} stands as it is in {secret.Source}: it goes where that file is copied to.", "Put it into a file of mode 0600 and write ${file:PATH}, or ${env:NAME}.");
    }

    private static SecurityFinding? Referenced(EffectiveSetting secret) =>
        FileReference().Match(secret.Value!) is { Success: true } reference && File.Exists(reference.Groups[1].Value) && OwnerModes.OthersUse(reference.Groups[1].Value)
            ? new("secrets.open-file", Severity.Critical, $"{reference.Groups[1].Value} holds {secret.Setting.Key} and can be read by others.", $"chmod 600 {reference.Groups[1].Value}, and change the secret if others use this machine.")
            : null;

    [GeneratedRegex(@"^\$\{file:([^}]+)\}$")]
    private static partial Regex FileReference();
}
