-- The sums or persons that a purpose parts its whole into make up that whole.
with

projects as (
    select * from staging.stg_projects
),

-- Three sums at least, named one after the other up to the sentence's end, and nothing left open.
parted as (
    select
        *,
        regexp_extract(
            purpose,
            '其中[:：]?((?:[一-龥]{2,10}\d+(?:\.\d+)?万元[、，,；]?(?:和|及)?){3,})(?:[。；]|$)',
            1
        ) as listed
    from projects
    where
        budget_yuan > 0
        and not regexp_matches(coalesce(purpose, ''), '等费用|等支出|等。|其余|剩余|结余|尾款|每')
),

summed as (
    select
        *,
        list_sum([
            cast(one as decimal(18, 4)) for one in regexp_extract_all(listed, '(\d+(?:\.\d+)?)万元', 1)
        ]) as sum_wan
    from parted
    where listed <> ''
),

-- 正职 and 副职, 男 and 女 are all there are: together they are the number before them.
posts as (
    select
        filing_id,
        project_no,
        purpose,
        regexp_extract(
            purpose,
            '(\d+)[名人位户][^。；\d]{0,20}其中[:：]?[^\d，。；]{0,6}(\d+)[名人位户][、，和及][^\d，。；]{0,6}(\d+)[名人位户](?:[。；，]|$)',
            ['whole', 'first', 'second']
        ) as said
    from projects
    where
        regexp_matches(coalesce(purpose, ''), '其中.{0,4}(?:正职.*副职|男.*女|女.*男|专职.*兼职|在职.*退休|行政.*事业|常年.*临时)')
),

offending as (
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '资金用途分项合计 ' || regexp_replace(cast(sum_wan as varchar), '\.?0+$', '') || '万元（' || rtrim(listed, '、，,')
        || '），预算数 ' || budget_raw as figures,
        cast(10000 * sum_wan - budget_yuan as decimal(24, 6)) as difference,
        listed as evidence
    from summed
    where
        abs(10000 * sum_wan - budget_yuan) > 200
        and abs(10000 * sum_wan - coalesce(fiscal_yuan, budget_yuan)) > 200
    union all
    select
        filing_id,
        project_no,
        cast(null as integer) as indicator_no,
        '资金用途中 ' || said.first || ' ＋ ' || said.second || ' ＝ '
        || (cast(said.first as integer) + cast(said.second as integer)) || '，总数为 ' || said.whole || '人（户）' as figures,
        cast(cast(said.first as integer) + cast(said.second as integer) - cast(said.whole as integer) as decimal(24, 6))
            as difference,
        left(purpose, 60) as evidence
    from posts
    where
        said.whole <> ''
        and cast(said.first as integer) + cast(said.second as integer) <> cast(said.whole as integer)
)

select * from offending
