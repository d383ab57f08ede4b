-- One row per indicator with a result, of whatever filing: whether what was reached is enough. What its sign and its
-- meaning do not decide is null, and gets no verdict. The rules read this, and so it reads nothing that is made of
-- their findings.
with

indicators as (
    select * from staging.stg_indicators
),

polarities as (
    select * from intermediate.int_indicators__polarity
),

figured as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        indicators.target_raw,
        indicators.actual_raw,
        indicators.target_kind,
        indicators.comparator,
        indicators.comparator_stated,
        indicators.actual_comparator,
        indicators.due_date,
        indicators.actual_due_date,
        polarities.polarity,
        coalesce(indicators.base_value_low, indicators.value_low) as low,
        coalesce(indicators.base_value_high, indicators.value_high) as high,
        coalesce(indicators.actual_base_value_low, indicators.actual_value_low) as actual_low,
        coalesce(indicators.actual_base_value_high, indicators.actual_value_high) as actual_high,
        coalesce(trim(indicators.actual_raw), '') = '' as is_blank,
        -- A figure without unit is in the target's unit; in another unit it is not comparable.
        indicators.actual_unit_family is null
        or indicators.unit_family is null
        or indicators.actual_unit_family = indicators.unit_family
        or (indicators.target_kind = 'money' and indicators.actual_kind = 'money') as is_same_unit,
        regexp_replace(indicators.target_raw, '[\s≥≤＝=]', '', 'g') as bare_target,
        regexp_replace(indicators.actual_raw, '[\s≥≤＝=。；;，,]', '', 'g') as bare_actual
    from indicators
    inner join polarities
        on
            indicators.filing_id = polarities.filing_id
            and indicators.project_no = polarities.project_no
            and indicators.indicator_no = polarities.indicator_no
),

-- "=" that nobody wrote is no sign: which way a bare figure may be missed is said by what it means.
sided as (
    select
        *,
        case
            when comparator = '=' and not coalesce(comparator_stated, false)
                then
                    case polarity
                        when 'higher' then '>=' when 'size' then '>=' when 'lower' then '<=' when 'fixed' then '='
                    end
            else comparator
        end as side,
        coalesce(actual_low, actual_high) as any_actual
    from figured
),

valued as (
    select
        *,
        case when side in ('<=', '<') then coalesce(high, low) else coalesce(low, high) end as target_value,
        case when is_same_unit then any_actual end as actual_value
    from sided
),

judged as (
    select
        *,
        case
            when is_blank then null
            when bare_actual = bare_target then true
            when
                bare_target in ('是', '有', '达标', '合格', '通过')
                and bare_actual in ('否', '无', '没有', '不达标', '不合格', '未通过')
                then false
            when target_value is not null and actual_value is not null
                then case
                    -- A result that repeats the sign (>20次) lies on the same side as the target.
                    when side = '>' then actual_value > low or (actual_comparator = '>' and actual_value = low)
                    when side = '<' then actual_value < high or (actual_comparator = '<' and actual_value = high)
                    when side = 'between' then actual_value between low and high
                    when side = '>='
                        then case
                            when actual_comparator in ('<', '<=') and actual_value <= low then null
                            when polarity = 'lower' and actual_value < low then null
                            else actual_value >= low
                        end
                    when side = '<='
                        then case
                            when actual_comparator in ('>', '>=') and actual_value >= high then null
                            else actual_value <= coalesce(high, low)
                        end
                    when side = '=' and actual_value = target_value then true
                    -- A stated "=" that is missed on the better side is no failure; policy is missed either way.
                    when side = '=' and polarity = 'fixed' then false
                    when side = '=' and polarity in ('higher', 'size') then actual_value > target_value
                    when side = '=' and polarity = 'lower' then actual_value < target_value
                end
            when due_date is not null and actual_due_date is not null then actual_due_date <= due_date
            when target_kind = 'date' then null
            when
                regexp_full_match(
                    bare_actual,
                    '(?:均|全年|本年|辖区内?|全[镇乡县])?(?:未|没有|没|无|零)(?:发生|出现|产生|接到|收到|发现)?[^未没无]{0,12}'
                    || '(?:事故|伤亡|死亡|投诉|上访|信访|案件|事件|差错|火灾|火情|问题|隐患|灾害|疫情|纠纷|舆情|逾期|拖欠|举报|违规|违法|违纪)[^未没无]{0,4}'
                )
                and (
                    polarity = 'lower' or coalesce(low, high) = 0 or regexp_matches(bare_target, '^(?:无|零|未|没有|不发生|杜绝)')
                )
                then true
            when
                regexp_matches(
                    bare_actual,
                    '仍有[^，。；]{0,8}未|仍未|还未|还没|'
                    || '未完成|未达|未按|未实现|未全部|没有完成|没有达|没有实现|不达标|不合格|不及时|部分完成|部分达|完成部分|较差|尚未|未开工|未实施|未拨付|未支付'
                )
                then false
            when
                regexp_full_match(
                    bare_actual,
                    '(?:已|均|已经|全部|全年|按时|按期|按要求|按计划|基本|圆满|全面|及时)*(?:完成|达到|达标|实现|达成|落实|符合|优|优秀|达到预期(?:目标|指标|效果)?)'
                    || '(?:预期|年度|目标|指标|任务|要求|标准|计划|值|工作|全部|效果|既定|年初)*'
                )
                then true
        end as is_met,
        round(case
            when actual_value is null or target_value is null then null
            when polarity in ('higher', 'size') and target_value != 0
                then 100 * cast(actual_value as double) / cast(target_value as double)
            when polarity = 'lower' and actual_value != 0
                then 100 * cast(target_value as double) / cast(actual_value as double)
        end, 4) as achieved_pct
    from valued
)

select * from judged
