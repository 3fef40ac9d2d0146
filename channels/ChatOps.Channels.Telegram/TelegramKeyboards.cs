using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;
using ChatOps.Rendering;

namespace ChatOps.Channels.Telegram;

/// <summary>Buttons below a message, and how they change while somebody is asked. What they show can be taken back from what they show: nothing is remembered. Pure.</summary>
internal static class TelegramKeyboards
{
    /// <summary>Longest label; more is not read on a phone.</summary>
    public const int MaxLabel = 64;

    private const int MaxLabelInPair = 18;
    private const int MaxButtons = 100;
    private const string Yes = "Yes: ";
    private const string WithoutReason = "Without a reason: ";
    private const string BackLabel = "« Back";

    /// <summary>The keyboard of a message; null without actions.</summary>
    public static TgMarkup? Of(IReadOnlyList<MessageAction> actions)
    {
        if (actions.Count == 0) return null;
        var rows = new List<List<TgButton>>();
        foreach (var action in actions.Take(MaxButtons))
        {
            var button = new TgButton { Text = Label(action.Label), CallbackData = new PressData(Step(action), action.Token).Encoded, Style = Style(action.Style) };
            if (rows is [.., [{ Text: { Length: <= MaxLabelInPair } }] last] && button.Text.Length <= MaxLabelInPair) last.Add(button);
            else rows.Add([button]);
        }

        return new TgMarkup { InlineKeyboard = rows };
    }

    /// <summary>The keyboard while somebody is asked about one of its buttons: in its place stand yes and back. Null when it has no such button.</summary>
    public static TgMarkup? Asking(TgMarkup? shown, PressData asked)
    {
        var prefix = asked.Step == PressStep.AskReason ? WithoutReason : Yes;
        return Replace(shown, asked.Encoded, button =>
        [
            [button with { Text = Label(prefix + button.Text), CallbackData = new PressData(PressStep.Act, asked.Token).Encoded }],
            [new TgButton { Text = BackLabel, CallbackData = new PressData(PressStep.Back, asked.Token).Encoded }],
        ]);
    }

    /// <summary>The keyboard as it was before the question; null when no question about that token stands.</summary>
    public static TgMarkup? Answered(TgMarkup? shown, string token)
    {
        if (shown?.InlineKeyboard is not { } rows) return null;
        var back = new PressData(PressStep.Back, token).Encoded;
        if (!rows.Any(r => r.Any(b => b.CallbackData == back))) return null;
        var without = new TgMarkup { InlineKeyboard = [.. rows.Where(r => r.All(b => b.CallbackData != back))] };
        return Replace(without, new PressData(PressStep.Act, token).Encoded, button =>
        {
            var reason = button.Text?.StartsWith(WithoutReason, StringComparison.Ordinal) == true;
            var label = button.Text?[(reason ? WithoutReason : Yes).Length..];
            return [[button with { Text = label, CallbackData = new PressData(reason ? PressStep.AskReason : PressStep.AskConfirm, token).Encoded }]];
        });
    }

    /// <summary>The label of a button, without what asking added.</summary>
    public static string? LabelOf(TgMarkup? shown, string data) => shown?.InlineKeyboard?.SelectMany(r => r).FirstOrDefault(b => b.CallbackData == data)?.Text;

    /// <summary>Whether a keyboard holds a token.</summary>
    public static bool Holds(TgMarkup? keyboard, string token) =>
        keyboard?.InlineKeyboard?.Any(r => r.Any(b => b.CallbackData is { Length: > 1 } data && data.AsSpan(1).SequenceEqual(token))) == true;

    private static TgMarkup? Replace(TgMarkup? shown, string data, Func<TgButton, IReadOnlyList<IReadOnlyList<TgButton>>> by)
    {
        if (shown?.InlineKeyboard is not { } rows) return null;
        var result = new List<IReadOnlyList<TgButton>>();
        var found = false;
        foreach (var row in rows)
        {
            if (row.FirstOrDefault(b => b.CallbackData == data) is not { } button)
            {
                result.Add(row);
                continue;
            }

            found = true;
            result.AddRange(by(button));
            if (row.Count > 1) result.Add([.. row.Where(b => b.CallbackData != data)]);
        }

        return found ? new TgMarkup { InlineKeyboard = result } : null;
    }

    private static PressStep Step(MessageAction action) =>
        action.Confirm is not null ? PressStep.AskConfirm : action is { AsksReason: true, Style: ActionStyle.Plain } ? PressStep.AskReason : PressStep.Act;

    private static string? Style(ActionStyle style) => style switch { ActionStyle.Danger => "danger", ActionStyle.Primary => "primary", _ => null };

    private static string Label(string label)
    {
        var text = InertText.Of(label.ReplaceLineEndings(" ")).Trim();
        if (text.Length == 0) return "…";
        return text.Length <= MaxLabel ? text : TextSplitter.Split(text, MaxLabel - 1, static t => t.Length, fenced: false)[0] + "…";
    }
}
