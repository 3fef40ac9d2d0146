using System.Globalization;
using ChatOps.Tools;

namespace ChatOps.Host;

/// <summary>Builds settings of each form, with the checks that belong to the form.</summary>
internal static class SettingForms
{
    /// <summary>Text with its own check.</summary>
    public static Setting Text(
        string key, string description, Func<string, string?> check, Action<ChatOpsOptions, string> set, Func<ChatOpsOptions, string?> get) =>
        new(key, SettingKind.Text, description, (options, _, value) => check(value) ?? Then(() => set(options, value)), get);

    /// <summary>A secret; the options get what was written, so a reference stays one.</summary>
    public static Setting Secret(string key, string description, Action<ChatOpsOptions, string> set, Func<ChatOpsOptions, string?> get) =>
        new(key, SettingKind.Secret, description, (options, _, value) => value.Length == 0 ? "must not be empty." : Then(() => set(options, value)),
            options => string.IsNullOrEmpty(get(options)) ? null : SecretShown)
        { Written = get };

    /// <summary>What stands for a secret that was written as it is.</summary>
    public const string SecretShown = "(set)";

    /// <summary>One of a few words, in capitals or not.</summary>
    public static Setting Choice(
        string key, string description, string[] words, string[] later, Action<ChatOpsOptions, string> set, Func<ChatOpsOptions, string?> get) =>
        new(key, SettingKind.Choice, description, (options, _, value) =>
            words.FirstOrDefault(w => w.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } word ? Then(() => set(options, word))
            : later.Contains(value, StringComparer.OrdinalIgnoreCase) ? $"'{value}' is not available in this version; use {string.Join(" or ", words)}."
            : $"must be {string.Join(" or ", words)}, not '{Shown(value)}'.", get)
        { Choices = words, LaterChoices = later };

    /// <summary>A list of texts; in the environment separated by commas.</summary>
    public static Setting List(
        string key, string description, int most, Func<string, string?> check, Action<ChatOpsOptions, IReadOnlyList<string>> set, Func<ChatOpsOptions, IReadOnlyList<string>> get) =>
        new(key, SettingKind.List, description, (options, _, value) =>
        {
            var items = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (items.Length > most) return $"has {items.Length} entries; the limit is {most}.";
            return items.Select(i => check(i) is { } problem ? $"'{Shown(i)}' {problem}" : null).FirstOrDefault(p => p is not null) ?? Then(() => set(options, items));
        }, options => get(options) is { Count: > 0 } items ? string.Join(", ", items) : null);

    /// <summary>True or false.</summary>
    public static Setting Flag(string key, string description, Action<ChatOpsOptions, bool> set, Func<ChatOpsOptions, bool> get) =>
        new(key, SettingKind.Flag, description, (options, _, value) => value switch
        {
            "true" => Then(() => set(options, true)),
            "false" => Then(() => set(options, false)),
            _ => $"must be true or false, not '{Shown(value)}'.",
        }, options => get(options) ? "true" : "false");

    /// <summary>A whole number in a range.</summary>
    public static Setting Number(string key, string description, int minimum, int maximum, Action<ChatOpsOptions, int> set, Func<ChatOpsOptions, int> get) =>
        new(key, SettingKind.Number, description, (options, _, value) =>
            int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
                ? Then(() => set(options, number))
                : $"must be a whole number from {minimum} to {maximum}, not '{Shown(value)}'.",
            options => get(options).ToString(CultureInfo.InvariantCulture))
        { Minimum = minimum, Maximum = maximum };

    /// <summary>A number with a decimal point in a range, which may be left out.</summary>
    public static Setting Decimal(string key, string description, decimal minimum, decimal maximum, Action<ChatOpsOptions, decimal> set, Func<ChatOpsOptions, decimal?> get) =>
        new(key, SettingKind.Decimal, description, (options, _, value) =>
            decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
                ? Then(() => set(options, number))
                : string.Create(CultureInfo.InvariantCulture, $"must be a number from {minimum} to {maximum}, not '{Shown(value)}'."),
            options => get(options)?.ToString(CultureInfo.InvariantCulture))
        { Minimum = (long)minimum, Maximum = (long)maximum };

    /// <summary>A duration in a range.</summary>
    public static Setting Duration(
        string key, string description, TimeSpan minimum, TimeSpan maximum, Action<ChatOpsOptions, TimeSpan> set, Func<ChatOpsOptions, TimeSpan> get) =>
        new(key, SettingKind.Duration, description, (options, _, value) =>
            !ArgumentText.TryDuration(value, out var duration) ? $"must be a duration such as 90s, 15m, 24h or 7d, not '{Shown(value)}'."
            : duration < minimum || duration > maximum ? $"must be from {ArgumentText.Written(minimum)} to {ArgumentText.Written(maximum)}, not '{Shown(value)}'."
            : Then(() => set(options, duration)), options => ArgumentText.Written(get(options)));

    private static string? Then(Action set)
    {
        set();
        return null;
    }

    private static string Shown(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
